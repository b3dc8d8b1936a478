# Tideline with a Postgres of its own choosing: DATABASE_URL names the server (compose.yaml brings one).
FROM node:20-bookworm-slim

RUN apt-get update \
  && apt-get install --yes --no-install-recommends libxgboost0 libgomp1 tini \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --chown=node:node . .
RUN mkdir -p /data .next lib/db/generated && chown node:node /app /data .next lib/db lib/db/generated

USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TIDELINE_DATA_DIR=/data NEXT_TELEMETRY_DISABLED=1
# The pages are built here, so that a start takes seconds.
RUN ["npm", "run", "setup", "--", "--pages"]
EXPOSE 3000
VOLUME ["/data"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--import", "tsx", "scripts/start.ts"]
