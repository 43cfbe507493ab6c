package sales;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.olingo.commons.api.edm.EdmBindingTarget;
import org.apache.olingo.commons.api.edm.provider.CsdlEdmProvider;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataHttpHandler;
import org.apache.olingo.server.api.etag.CustomETagSupport;
import org.apache.olingo.server.core.MetadataParser;

/** A V4 service over the entities of a store. */
final class ServletV4 extends HttpServlet {
  private final OData odata = OData.newInstance();
  private final Supplier<CsdlEdmProvider> provider;
  private final StoreV4 store;

  ServletV4(Supplier<CsdlEdmProvider> provider, StoreV4 store) {
    this.provider = provider;
    this.store = store;
  }

  /** Of the metadata of the file. */
  static ServletV4 ofSales() throws Exception {
    CsdlEdmProvider provider = parse(ServletV4.class.getResourceAsStream("/sales.v4.edmx"));
    return new ServletV4(() -> provider, StoreV4.INSTANCE);
  }

  static CsdlEdmProvider parse(InputStream metadata) throws Exception {
    return new MetadataParser().buildEdmProvider(new InputStreamReader(metadata, StandardCharsets.UTF_8));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ODataHttpHandler handler = odata.createHandler(odata.createServiceMetadata(provider.get(), List.of()));
    handler.register(new ProcessorV4(store));
    handler.register(new CustomETagSupport() {
      @Override
      public boolean hasETag(EdmBindingTarget target) {
        return target.getName().equals("SalesOrders");
      }

      @Override
      public boolean hasMediaETag(EdmBindingTarget target) {
        return false;
      }
    });
    handler.process(request, response);
  }
}
