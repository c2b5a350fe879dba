// An entrypoint that controls the stores of a Worker.
import { WorkerEntrypoint } from "cloudflare:workers";

export class Control extends WorkerEntrypoint {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    const [, action, name] = pathname.split("/");
    if (action === "articles") return this.put(await request.json());
    if (action === "sql") return this.sql(name, await request.text());
    if (action === "value") return new Response(await this.env[name].get(await request.text()));
    return new Response(`no ${pathname}`, { status: 404 });
  }

  async put(articles) {
    await Promise.all(
      articles.map(({ slug, document, rev }) =>
        this.env.ARTICLES.put(slug, document, rev ? { metadata: { rev } } : {}),
      ),
    );
    return new Response();
  }

  async sql(database, query) {
    const { results, meta } = await this.env[database].prepare(query).all();
    return Response.json({ results, size: meta.size_after });
  }
}
