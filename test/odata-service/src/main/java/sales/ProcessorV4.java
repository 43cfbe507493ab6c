package sales;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.olingo.commons.api.data.ContextURL;
import org.apache.olingo.commons.api.data.Entity;
import org.apache.olingo.commons.api.data.EntityCollection;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.apache.olingo.commons.api.edm.EdmPrimitiveType;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataApplicationException;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.api.ODataRequest;
import org.apache.olingo.server.api.ODataResponse;
import org.apache.olingo.server.api.ServiceMetadata;
import org.apache.olingo.server.api.batch.BatchFacade;
import org.apache.olingo.server.api.deserializer.batch.BatchOptions;
import org.apache.olingo.server.api.deserializer.batch.BatchRequestPart;
import org.apache.olingo.server.api.deserializer.batch.ODataResponsePart;
import org.apache.olingo.server.api.prefer.PreferencesApplied;
import org.apache.olingo.server.api.processor.BatchProcessor;
import org.apache.olingo.server.api.processor.CountEntityCollectionProcessor;
import org.apache.olingo.server.api.processor.EntityProcessor;
import org.apache.olingo.server.api.serializer.EntityCollectionSerializerOptions;
import org.apache.olingo.server.api.serializer.EntitySerializerOptions;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.api.uri.UriResourceEntitySet;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitException;

/** Reads and writes entities of a store, in the ways that Olingo leaves to who uses it. */
final class ProcessorV4 implements CountEntityCollectionProcessor, EntityProcessor, BatchProcessor {
  /** Entities in an answer, before a link to the next. */
  private static final int PAGE = 100;
  private final StoreV4 store;
  private OData odata;
  private ServiceMetadata metadata;

  ProcessorV4(StoreV4 store) {
    this.store = store;
  }

  @Override
  public void init(OData odata, ServiceMetadata metadata) {
    this.odata = odata;
    this.metadata = metadata;
  }

  @Override
  public void countEntityCollection(ODataRequest request, ODataResponse response, UriInfo uri)
      throws ODataApplicationException, ODataLibraryException {
    String count = String.valueOf(filtered(setOf(uri), uri).size());
    response.setContent(new ByteArrayInputStream(count.getBytes(StandardCharsets.UTF_8)));
    response.setStatusCode(200);
    response.setHeader("Content-Type", "text/plain");
  }

  @Override
  public void readEntityCollection(ODataRequest request, ODataResponse response, UriInfo uri, ContentType type)
      throws ODataApplicationException, ODataLibraryException {
    EdmEntitySet set = setOf(uri);
    List<Entity> found = filtered(set, uri);
    if (uri.getOrderByOption() != null) {
      Comparator<Entity> order = (one, other) -> 0;
      for (OrderByItem item : uri.getOrderByOption().getOrders()) {
        String name = item.getExpression().toString().replaceAll("[\\[\\]]", "");
        Comparator<Entity> by = Comparator.comparing(
            (entity) -> StoreV4.value(entity, name), Comparator.nullsFirst((one, other) -> FilterV4.compare(one, other)));
        order = order.thenComparing(item.isDescending() ? by.reversed() : by);
      }
      found.sort(order);
    }
    int token = uri.getSkipTokenOption() == null ? 0 : Integer.parseInt(uri.getSkipTokenOption().getValue());
    int skip = uri.getSkipOption() == null ? 0 : uri.getSkipOption().getValue();
    int top = uri.getTopOption() == null ? Integer.MAX_VALUE : uri.getTopOption().getValue();
    List<Entity> wanted = found.stream().skip(skip).limit(top).skip(token).toList();
    EntityCollection collection = new EntityCollection();
    collection.getEntities().addAll(wanted.stream().limit(PAGE).toList());
    if (wanted.size() > PAGE) {
      String raw = request.getRawRequestUri().replaceAll("[?&](\\$|%24)skiptoken=[^&]*", "");
      collection.setNext(java.net.URI.create(raw + (raw.contains("?") ? "&" : "?") + "$skiptoken=" + (token + PAGE)));
    }
    String select = odata.createUriHelper().buildContextURLSelectList(set.getEntityType(), uri.getExpandOption(), uri.getSelectOption());
    var options = EntityCollectionSerializerOptions.with()
        .contextURL(ContextURL.with().entitySet(set).selectList(select).build())
        .select(uri.getSelectOption())
        .expand(uri.getExpandOption())
        .build();
    response.setContent(odata.createSerializer(type).entityCollection(metadata, set.getEntityType(), collection, options).getContent());
    response.setStatusCode(200);
    response.setHeader("Content-Type", type.toContentTypeString());
  }

  @Override
  public void readEntity(ODataRequest request, ODataResponse response, UriInfo uri, ContentType type)
      throws ODataApplicationException, ODataLibraryException {
    write(setOf(uri), entityOf(uri), uri, type, 200, response);
  }

  @Override
  public void createEntity(ODataRequest request, ODataResponse response, UriInfo uri, ContentType from, ContentType type)
      throws ODataApplicationException, ODataLibraryException {
    EdmEntitySet set = setOf(uri);
    var read = odata.createDeserializer(from, metadata).entity(request.getBody(), set.getEntityType());
    int mark = store.undo.mark();
    try {
      Entity made = store.create(set, read.getEntity());
      var options = EntitySerializerOptions.with()
          .contextURL(ContextURL.with().entitySet(set).suffix(ContextURL.Suffix.ENTITY).build())
          .expand(read.getExpandTree())
          .build();
      response.setContent(odata.createSerializer(type).entity(metadata, set.getEntityType(), made, options).getContent());
      response.setStatusCode(201);
      response.setHeader("Content-Type", type.toContentTypeString());
      response.setHeader("Location", request.getRawBaseUri() + "/" + odata.createUriHelper().buildCanonicalURL(set, made));
      if (made.getETag() != null) response.setHeader("ETag", made.getETag());
    } catch (ODataApplicationException error) {
      store.undo.backTo(mark);
      throw error;
    }
  }

  @Override
  public void updateEntity(ODataRequest request, ODataResponse response, UriInfo uri, ContentType from, ContentType type)
      throws ODataApplicationException, ODataLibraryException {
    EdmEntitySet set = setOf(uri);
    Entity entity = entityOf(uri);
    check(request, entity);
    store.update(set, entity, odata.createDeserializer(from, metadata).entity(request.getBody(), set.getEntityType()).getEntity());
    response.setStatusCode(204);
    if (entity.getETag() != null) response.setHeader("ETag", entity.getETag());
  }

  @Override
  public void deleteEntity(ODataRequest request, ODataResponse response, UriInfo uri)
      throws ODataApplicationException, ODataLibraryException {
    Entity entity = entityOf(uri);
    check(request, entity);
    store.delete(setOf(uri), entity);
    response.setStatusCode(204);
  }

  @Override
  public void processBatch(BatchFacade facade, ODataRequest request, ODataResponse response)
      throws ODataApplicationException, ODataLibraryException {
    String boundary = facade.extractBoundaryFromContentType(request.getHeader("Content-Type"));
    BatchOptions options = BatchOptions.with()
        .rawBaseUri(request.getRawBaseUri())
        .rawServiceResolutionUri(request.getRawServiceResolutionUri())
        .build();
    List<ODataResponsePart> parts = new ArrayList<>();
    for (BatchRequestPart part : odata.createFixedFormatDeserializer().parseBatchRequest(request.getBody(), boundary, options)) {
      parts.add(facade.handleBatchRequest(part));
    }
    String out = "batch_" + java.util.UUID.randomUUID();
    response.setContent(odata.createFixedFormatSerializer().batchResponse(parts, out));
    response.setHeader("Content-Type", "multipart/mixed;boundary=" + out);
    response.setStatusCode(202);
  }

  @Override
  public ODataResponsePart processChangeSet(BatchFacade facade, List<ODataRequest> requests)
      throws ODataApplicationException, ODataLibraryException {
    int mark = store.undo.mark();
    List<ODataResponse> responses = new ArrayList<>();
    for (ODataRequest request : requests) {
      ODataResponse response = facade.handleODataRequest(request);
      if (response.getStatusCode() >= 400) {
        store.undo.backTo(mark);
        return new ODataResponsePart(response, false);
      }
      responses.add(response);
    }
    return new ODataResponsePart(responses, true);
  }

  private void write(EdmEntitySet set, Entity entity, UriInfo uri, ContentType type, int status, ODataResponse response)
      throws ODataLibraryException {
    String select = odata.createUriHelper().buildContextURLSelectList(set.getEntityType(), uri.getExpandOption(), uri.getSelectOption());
    var options = EntitySerializerOptions.with()
        .contextURL(ContextURL.with().entitySet(set).selectList(select).suffix(ContextURL.Suffix.ENTITY).build())
        .select(uri.getSelectOption())
        .build();
    response.setContent(odata.createSerializer(type).entity(metadata, set.getEntityType(), entity, options).getContent());
    response.setStatusCode(status);
    response.setHeader("Content-Type", type.toContentTypeString());
    if (entity.getETag() != null) response.setHeader("ETag", entity.getETag());
  }

  private void check(ODataRequest request, Entity entity) throws ODataLibraryException {
    odata.createETagHelper().checkChangePreconditions(
        entity.getETag(), request.getHeaders("If-Match"), request.getHeaders("If-None-Match"));
  }

  private static EdmEntitySet setOf(UriInfo uri) {
    return ((UriResourceEntitySet) uri.getUriResourceParts().get(0)).getEntitySet();
  }

  private Entity entityOf(UriInfo uri) throws ODataApplicationException {
    UriResourceEntitySet part = (UriResourceEntitySet) uri.getUriResourceParts().get(0);
    List<Object> key = new ArrayList<>();
    for (String name : part.getEntityType().getKeyPredicateNames()) {
      String text = part.getKeyPredicates().stream().filter((one) -> one.getName().equals(name)).findFirst().orElseThrow().getText();
      EdmPrimitiveType type = (EdmPrimitiveType) part.getEntityType().getProperty(name).getType();
      try {
        key.add(type.valueOfString(type.fromUriLiteral(text), null, null, null, null, null, type.getDefaultType()));
      } catch (Exception error) {
        throw StoreV4.refused(400, "SLS/400", "Malformed key");
      }
    }
    return store.get(part.getEntitySet(), key);
  }

  private List<Entity> filtered(EdmEntitySet set, UriInfo uri) throws ODataApplicationException {
    List<Entity> found = new ArrayList<>();
    for (Entity entity : store.all(set)) {
      try {
        boolean fits = uri.getFilterOption() == null
            || Boolean.TRUE.equals(uri.getFilterOption().getExpression().accept(new FilterV4(entity)));
        if (fits) found.add(entity);
      } catch (ExpressionVisitException error) {
        throw StoreV4.refused(400, "SLS/401", "Malformed filter");
      }
    }
    return found;
  }
}
