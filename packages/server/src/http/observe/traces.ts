import type { Span } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

export interface TraceSettings {
  /** Where spans go by OTLP over HTTP: the whole URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | undefined;
  }
}

/** version, trace, parent span, flags (W3C Trace Context, 3.2). */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * A span for each request, as part of the trace that the caller is in, sent to a collector by OTLP. The libraries are loaded only here.
 * Spans hold the route and the status, and neither queries nor bodies nor headers.
 */
export async function traceRequests(app: FastifyInstance, settings: TraceSettings): Promise<void> {
  const [api, { TracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({ url: settings.url, headers: { ...settings.headers } });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': settings.serviceName }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('datamaker');
  app.decorateRequest('span', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const [, traceId, spanId, flags = '00'] = TRACEPARENT.exec(String(request.headers.traceparent ?? '')) ?? [];
    const caller = {
      traceId: traceId ?? '',
      spanId: spanId ?? '',
      traceFlags: Number.parseInt(flags, 16),
      isRemote: true,
    };
    const parent = api.isSpanContextValid(caller)
      ? api.trace.setSpanContext(api.ROOT_CONTEXT, caller)
      : api.ROOT_CONTEXT;
    const route = request.routeOptions.url ?? '';
    const span = tracer.startSpan(
      `${request.method} ${route}`.trim(),
      {
        kind: api.SpanKind.SERVER,
        attributes: {
          'http.request.method': request.method,
          'http.route': route,
          'datamaker.request_id': request.id,
        },
      },
      parent,
    );
    request.span = span;
    reply.raw.once('close', () => {
      const status = reply.raw.statusCode;
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
      span.end();
    });
  });
  // A collector that does not answer must not keep the server from stopping.
  app.addHook('onClose', () => provider.shutdown().catch(() => undefined));
}
