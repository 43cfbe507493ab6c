package sales;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Lets in who knows the password or a token, and asks for tokens against cross-site requests as SAP Gateway does ("Cross-Site
 * Request Forgery Protection", SAP Gateway Foundation Developer Guide): X-CSRF-Token: Fetch gets one, bound to the session of a
 * cookie; a request that changes something without it gets 403 with X-CSRF-Token: Required.
 */
final class Gatekeeper implements Filter {
  private static final String COOKIE = "SAP_SESSIONID";
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final List<String> log = new ArrayList<>();

  @Override
  public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain) throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) in;
    HttpServletResponse response = (HttpServletResponse) out;
    if (request.getRequestURI().startsWith("/control/")) {
      control(request, response);
      return;
    }
    // One after the other: stores are plain maps, and a change set must not see half of another.
    synchronized (this) {
      guarded(request, response, chain);
      log.add(request.getMethod() + " " + request.getRequestURI() + " " + response.getStatus());
    }
  }

  private void guarded(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String basic = "Basic " + Base64.getEncoder().encodeToString("tester:pässword".getBytes(StandardCharsets.UTF_8));
    String authorization = request.getHeader("Authorization");
    if (!basic.equals(authorization) && !"Bearer good".equals(authorization)) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"SAP\"");
      response.setStatus(401);
      return;
    }
    String session = sessionOf(request);
    String given = request.getHeader("X-CSRF-Token");
    boolean reads = List.of("GET", "HEAD", "OPTIONS").contains(request.getMethod());
    if (reads && given != null && given.equalsIgnoreCase("Fetch")) {
      if (session == null || !tokens.containsKey(session)) {
        session = UUID.randomUUID().toString();
        tokens.put(session, UUID.randomUUID().toString());
        response.addHeader("Set-Cookie", COOKIE + "=" + session + "; Path=/; HttpOnly");
      }
      response.setHeader("X-CSRF-Token", tokens.get(session));
    }
    if (!reads && (session == null || given == null || !given.equals(tokens.get(session)))) {
      response.setHeader("X-CSRF-Token", "Required");
      response.setStatus(403);
      response.setContentType("text/plain");
      response.getWriter().write("CSRF token validation failed");
      return;
    }
    chain.doFilter(request, response);
  }

  private static String sessionOf(HttpServletRequest request) {
    if (request.getCookies() == null) return null;
    for (Cookie cookie : request.getCookies()) if (cookie.getName().equals(COOKIE)) return cookie.getValue();
    return null;
  }

  private void control(HttpServletRequest request, HttpServletResponse response) throws IOException {
    switch (request.getRequestURI()) {
      case "/control/expire" -> tokens.clear();
      case "/control/reset" -> {
        synchronized (this) {
          log.clear();
          StoreV2.INSTANCE.clear();
          StoreV4.INSTANCE.clear();
        }
      }
      case "/control/log" -> {
        synchronized (this) {
          response.getWriter().write(String.join("\n", log));
        }
      }
      case "/control/tables" -> {
        synchronized (this) {
          Tables.say(request.getParameter("version"), request.getInputStream());
        }
      }
      case "/control/count" -> {
        synchronized (this) {
          response.getWriter().print(Tables.count(request.getParameter("version"), request.getParameter("set")));
        }
      }
      default -> response.setStatus(404);
    }
  }

  @Override
  public void init(FilterConfig config) { }

  @Override
  public void destroy() { }
}
