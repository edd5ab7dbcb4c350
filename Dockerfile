# The service without its embedded database: DATABASE_URL names a PostgreSQL server.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /mindet
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
RUN npm run -s build

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /mindet
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production MINDET_DATA=/var/lib/mindet PORT=3000
WORKDIR /mindet
COPY --from=dependencies /mindet/node_modules node_modules
COPY --from=build /mindet/dist dist
COPY package.json LICENSE ./
COPY migrations migrations
COPY agendas agendas
RUN install -d -o node -g node -m 0700 "$MINDET_DATA"
USER node
VOLUME /var/lib/mindet
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/api/main.js"]
