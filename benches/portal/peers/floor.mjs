// The least that a Worker can do: constants, with the headers of the portal's own pages.
import answers from "./answers.json";

const text = ({ body, headers }) => ({ fetch: () => new Response(body, { headers }) });

const bytes = ({ body, headers }) => {
  const encoded = new TextEncoder().encode(body);
  return { fetch: () => new Response(encoded, { headers }) };
};

const unchanged = ({ headers }) => ({ fetch: () => new Response(null, { status: 304, headers }) });

export const articleText = text(answers.article);
export const articleBytes = bytes(answers.article);
export const articleUnchanged = unchanged(answers.unchanged);
export const homeText = text(answers.home);
export const listText = text(answers.list);
