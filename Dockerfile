# The product as it runs anywhere. The pages are built here, so that all machines of one image serve the same build.
FROM denoland/deno:debian-2.9.6
WORKDIR /app
COPY . .
# Deno looks into its cache when it starts; what it finds there it need not ask the registry for.
RUN deno install --frozen && deno task build && chown -R deno:deno /deno-dir
# What is mounted there takes over the owner.
RUN mkdir -p /data/files && chown -R deno:deno /data
USER deno
ENV APP_ENV=production PORT=8000 DATA_DIR=/data
EXPOSE 8000
# Without KV people go on talking, so that alone makes nobody unhealthy.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["deno", "eval", "const { postgres } = await (await fetch('http://127.0.0.1:8000/health')).json(); Deno.exit(postgres ? 0 : 1)"]
CMD ["deno", "run", "-A", "start.ts"]
