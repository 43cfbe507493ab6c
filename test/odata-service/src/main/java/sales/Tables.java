package sales;

import java.io.IOException;
import java.io.InputStream;
import org.apache.olingo.commons.api.edm.provider.CsdlEdmProvider;
import org.apache.olingo.odata2.api.ODataService;
import org.apache.olingo.odata2.api.ODataServiceFactory;
import org.apache.olingo.odata2.api.processor.ODataContext;
import org.apache.olingo.odata2.api.rt.RuntimeDelegate;
import org.apache.olingo.odata2.core.edm.provider.EdmxProvider;

/** Entity sets of two services whose metadata tests say while they run. */
final class Tables {
  private static EdmxProvider second;
  private static CsdlEdmProvider fourth;

  private Tables() { }

  static CsdlEdmProvider v4() {
    return fourth;
  }

  static void say(String version, InputStream metadata) throws IOException {
    try {
      if (version.equals("v2")) second = new EdmxProvider().parse(metadata, false);
      else fourth = ServletV4.parse(metadata);
    } catch (Exception error) {
      throw new IOException(error);
    }
  }

  static int count(String version, String set) {
    return version.equals("v2") ? StoreV2.TABLES.count(set) : StoreV4.TABLES.count(set);
  }

  /** The V2 one. */
  public static final class ServiceV2 extends ODataServiceFactory {
    @Override
    public ODataService createService(ODataContext context) {
      return RuntimeDelegate.createODataSingleProcessorService(second, new sales.ServiceV2.Processor(StoreV2.TABLES));
    }
  }
}
