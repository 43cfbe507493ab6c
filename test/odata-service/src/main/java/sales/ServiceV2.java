package sales;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.olingo.odata2.annotation.processor.core.ListsProcessor;
import org.apache.olingo.odata2.annotation.processor.core.datasource.ValueAccess;
import org.apache.olingo.odata2.api.ODataService;
import org.apache.olingo.odata2.api.ODataServiceFactory;
import org.apache.olingo.odata2.api.batch.BatchHandler;
import org.apache.olingo.odata2.api.batch.BatchResponsePart;
import org.apache.olingo.odata2.api.commons.HttpStatusCodes;
import org.apache.olingo.odata2.api.edm.EdmMapping;
import org.apache.olingo.odata2.api.edm.EdmProperty;
import org.apache.olingo.odata2.api.edm.EdmSimpleType;
import org.apache.olingo.odata2.api.exception.ODataException;
import org.apache.olingo.odata2.api.exception.ODataPreconditionFailedException;
import org.apache.olingo.odata2.api.exception.ODataPreconditionRequiredException;
import org.apache.olingo.odata2.api.processor.ODataContext;
import org.apache.olingo.odata2.api.processor.ODataRequest;
import org.apache.olingo.odata2.api.processor.ODataResponse;
import org.apache.olingo.odata2.api.rt.RuntimeDelegate;
import org.apache.olingo.odata2.api.uri.info.DeleteUriInfo;
import org.apache.olingo.odata2.api.uri.info.GetEntityUriInfo;
import org.apache.olingo.odata2.api.uri.info.PostUriInfo;
import org.apache.olingo.odata2.api.uri.info.PutMergePatchUriInfo;
import org.apache.olingo.odata2.core.edm.provider.EdmxProvider;

/** Olingo's processor of lists over maps; what it lacks is ETags that are checked, and change sets that are taken back. */
public final class ServiceV2 extends ODataServiceFactory {
  @Override
  public ODataService createService(ODataContext context) throws ODataException {
    InputStream metadata = ServiceV2.class.getResourceAsStream("/sales.v2.edmx");
    return RuntimeDelegate.createODataSingleProcessorService(
        new EdmxProvider().parse(metadata, false), new Processor(StoreV2.INSTANCE));
  }

  static final class Processor extends ListsProcessor {
    private final StoreV2 store;

    Processor(StoreV2 store) {
      super(store, new MapAccess());
      this.store = store;
    }

    @Override
    public ODataResponse createEntity(PostUriInfo uri, InputStream content, String requestType, String type)
        throws ODataException {
      int mark = store.undo.mark();
      try {
        return super.createEntity(uri, content, requestType, type);
      } catch (ODataException error) {
        store.undo.backTo(mark);
        throw error;
      } finally {
        store.forgetOrphans();
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public ODataResponse updateEntity(
        PutMergePatchUriInfo uri, InputStream content, String requestType, boolean merge, String type)
        throws ODataException {
      check((GetEntityUriInfo) uri);
      Map<String, Object> keys = new java.util.HashMap<>();
      for (var key : uri.getKeyPredicates()) {
        keys.put(
            key.getProperty().getName(),
            ((EdmSimpleType) key.getProperty().getType())
                .valueOfString(key.getLiteral(), org.apache.olingo.odata2.api.edm.EdmLiteralKind.DEFAULT, null, Object.class));
      }
      Map<String, Object> row = (Map<String, Object>) store.readData(uri.getTargetEntitySet(), keys);
      Map<String, Object> before = new java.util.HashMap<>(row);
      store.undo.add(() -> row.putAll(before));
      ODataResponse response = super.updateEntity(uri, content, requestType, merge, type);
      row.computeIfPresent("Version", (name, version) -> (Integer) before.get("Version") + 1);
      return response;
    }

    @Override
    public ODataResponse deleteEntity(DeleteUriInfo uri, String type) throws ODataException {
      check((GetEntityUriInfo) uri);
      return super.deleteEntity(uri, type);
    }

    @Override
    public BatchResponsePart executeChangeSet(BatchHandler handler, List<ODataRequest> requests) throws ODataException {
      int mark = store.undo.mark();
      BatchResponsePart part = super.executeChangeSet(handler, requests);
      boolean failed = part.getResponses().stream().anyMatch((one) -> one.getStatus().getStatusCode() >= 400);
      if (failed) store.undo.backTo(mark);
      return part;
    }

    private void check(GetEntityUriInfo uri) throws ODataException {
      String etag = super.readEntity(uri, "application/json").getETag();
      if (etag == null) return;
      String given = getContext().getRequestHeader("If-Match");
      if (given == null) throw new ODataPreconditionRequiredException(ODataPreconditionRequiredException.COMMON);
      if (!given.equals("*") && !given.equals(etag)) {
        throw new ODataPreconditionFailedException(ODataPreconditionFailedException.COMMON);
      }
    }
  }

  private static final class MapAccess implements ValueAccess {
    @Override
    public <T> Object getPropertyValue(T data, EdmProperty property) throws ODataException {
      return ((Map<?, ?>) data).get(property.getName());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T, V> void setPropertyValue(T data, EdmProperty property, V value) throws ODataException {
      ((Map<String, Object>) data).put(property.getName(), value);
    }

    @Override
    public <T> Class<?> getPropertyType(T data, EdmProperty property) throws ODataException {
      return ((EdmSimpleType) property.getType()).getDefaultType();
    }

    @Override
    public <T> Object getMappingValue(T data, EdmMapping mapping) {
      return null;
    }

    @Override
    public <T, V> void setMappingValue(T data, EdmMapping mapping, V value) { }
  }
}
