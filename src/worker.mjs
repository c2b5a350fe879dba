// The module that the runtime loads. A page that the isolate remembers is answered at once.
import * as portal from "../build/index.js";

function remembered(request) {
  const tags = request.headers.get("if-none-match") ?? undefined;
  try {
    return portal.fromMemory(request.method, request.url, tags);
  } catch {
    // An instance that a panic has left behind; the next call begins with a fresh one.
    return undefined;
  }
}

export default {
  fetch(request, env, context) {
    return remembered(request) ?? portal.fetch(request, env, context);
  },

  scheduled(controller, env, context) {
    return portal.scheduled(controller, env, context);
  },
};
