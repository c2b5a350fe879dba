// The minimum that a Worker needs: constant answers with the headers of the portal's pages. Some first read from KV or
// D1 what such a page needs.
import { make } from "./trips.mjs";
import answers from "./answers.json";

const text = ({ body, headers }) => ({ fetch: () => new Response(body, { headers }) });

const bytes = ({ body, headers }) => {
  const encoded = new TextEncoder().encode(body);
  return { fetch: () => new Response(encoded, { headers }) };
};

const unchanged = ({ headers }) => ({ fetch: () => new Response(null, { status: 304, headers }) });

const read = ({ body, headers, path }) => ({
  async fetch(request, env) {
    await env.ARTICLES.get(path.split("/").at(-1));
    return new Response(body, { headers });
  },
});

const asked = ({ body, headers, trips }) => ({
  async fetch(request, env) {
    await make(env, trips);
    return new Response(body, { headers });
  },
});

export const articleText = text(answers.article);
export const articleBytes = bytes(answers.article);
export const articleRead = read(answers.article);
export const articleUnchanged = unchanged(answers.unchanged);
export const homeText = text(answers.home);
export const listText = text(answers.list);
export const listAsked = asked(answers.list);
export const searchText = text(answers.search);
export const searchAsked = asked(answers.search);
