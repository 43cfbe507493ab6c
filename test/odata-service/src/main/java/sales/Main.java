package sales;

import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.olingo.odata2.core.servlet.ODataServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** Serves /v2/ and /v4/, and /tables/v2/ and /tables/v4/ of tables that tests make, on a free port of 127.0.0.1, which it prints; ends with its standard input. */
public final class Main {
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(new FilterHolder(new Gatekeeper()), "/*", EnumSet.of(DispatcherType.REQUEST));
    ServletHolder second = new ServletHolder(new ODataServlet());
    second.setInitParameter("org.apache.olingo.odata2.service.factory", ServiceV2.class.getName());
    context.addServlet(second, "/v2/*");
    context.addServlet(new ServletHolder(ServletV4.ofSales()), "/v4/*");
    ServletHolder tables = new ServletHolder(new ODataServlet());
    tables.setInitParameter("org.apache.olingo.odata2.service.factory", Tables.ServiceV2.class.getName());
    context.addServlet(tables, "/tables/v2/*");
    context.addServlet(new ServletHolder(new ServletV4(Tables::v4, StoreV4.TABLES)), "/tables/v4/*");
    server.setHandler(context);
    server.start();
    System.out.println(connector.getLocalPort());
    System.out.flush();
    while (System.in.read() != -1) { }
    System.exit(0);
  }
}
