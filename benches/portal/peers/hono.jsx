// The portal's pages written with Hono: articles as JSON in KV, and pages as JSX. Articles are served in three ways:
// rendered for each request, rendered with the portal's query for related articles, and kept in memory. Lists and
// search make the recorded queries of the portal to D1.
import { Hono } from "hono";
import { ArticlePage } from "./article.jsx";
import { ListPage, SearchPage } from "./lists.jsx";
import { make } from "./trips.mjs";
import recorded from "./recorded.json";

export { Control } from "../stores.mjs";

// How long the cache of KV and a page in memory are valid, in seconds.
const CACHE_TTL = 60;
const MEMORY_SECONDS = 30;
const MEMORY_PAGES = 500;
const RELATED = 4;

const document = (page) => `<!DOCTYPE html>${page}`;
const seconds = () => Math.floor(Date.now() / 1000);
const json = (store, key) => store.get(key, { type: "json", cacheTtl: CACHE_TTL });

async function stored(c) {
  const [article, index] = await Promise.all([
    json(c.env.ARTICLES, c.req.param("slug")),
    json(c.env.INDEX, "hot"),
  ]);
  return { site: c.env, now: seconds(), article, index };
}

async function rendered(c) {
  const read = await stored(c);
  return document(<ArticlePage {...read} related={read.article.related} />);
}

async function renderedWithQuery(c) {
  const [read, [[row]]] = await Promise.all([stored(c), make(c.env, recorded.article.trips)]);
  const related = JSON.parse(row.near).filter((other) => other.slug !== read.article.slug).slice(0, RELATED);
  return document(<ArticlePage {...read} related={related} />);
}

const pages = new Map();

async function remembered(c) {
  const kept = pages.get(c.req.path);
  if (kept && seconds() - kept.at <= MEMORY_SECONDS) return kept.page;
  const page = await rendered(c);
  pages.delete(c.req.path);
  pages.set(c.req.path, { page, at: seconds() });
  if (pages.size > MEMORY_PAGES) pages.delete(pages.keys().next().value);
  return page;
}

function site(article) {
  const app = new Hono();
  app.get("/bai-viet/:slug", async (c) => c.html(await article(c), 200, recorded.article.headers));
  app.get("/tin-bai", async (c) => {
    const [index, rows] = await Promise.all([json(c.env.INDEX, "hot"), make(c.env, recorded.list.trips)]);
    const entries = rows.find(([row]) => row?.title !== undefined);
    const [counted] = rows.find(([row]) => row?.months !== undefined);
    const months = JSON.parse(counted.months);
    const page = <ListPage site={c.env} now={seconds()} index={index} entries={entries} months={months} />;
    return c.html(document(page), 200, recorded.list.headers);
  });
  app.get("/tim-kiem", async (c) => {
    const [index, rows] = await Promise.all([json(c.env.INDEX, "hot"), make(c.env, recorded.search.trips)]);
    const hits = rows.findLast(([row]) => row?.title !== undefined) ?? [];
    const [years] = rows.find(([row]) => row?.first !== undefined);
    const query = c.req.query("q");
    const page = <SearchPage site={c.env} now={seconds()} index={index} query={query} hits={hits} years={years} />;
    return c.html(document(page), 200, recorded.search.headers);
  });
  return app;
}

export const fresh = site(rendered);
export const freshWithQuery = site(renderedWithQuery);
export const memory = site(remembered);
