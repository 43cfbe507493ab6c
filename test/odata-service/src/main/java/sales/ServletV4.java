package sales;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.olingo.commons.api.edm.EdmBindingTarget;
import org.apache.olingo.commons.api.edm.provider.CsdlEdmProvider;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataHttpHandler;
import org.apache.olingo.server.api.etag.CustomETagSupport;
import org.apache.olingo.server.core.MetadataParser;

/** The V4 service over the metadata of the file. */
final class ServletV4 extends HttpServlet {
  private final OData odata = OData.newInstance();
  private CsdlEdmProvider provider;

  @Override
  public void init() throws ServletException {
    try {
      var metadata = ServletV4.class.getResourceAsStream("/sales.v4.edmx");
      provider = new MetadataParser().buildEdmProvider(new InputStreamReader(metadata, StandardCharsets.UTF_8));
    } catch (Exception error) {
      throw new ServletException(error);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ODataHttpHandler handler = odata.createHandler(odata.createServiceMetadata(provider, List.of()));
    handler.register(new ProcessorV4(StoreV4.INSTANCE));
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
