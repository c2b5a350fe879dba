// The module that the runtime loads. A page that the isolate remembers is answered at once. Everything else goes through
// the class that worker-build makes: after a panic it begins with a fresh instance of the Wasm module.
import Portal from "../build/index.js";

const { fromMemory } = Portal.prototype;

function remembered(request) {
  const tags = request.headers.get("if-none-match") ?? undefined;
  try {
    return fromMemory(request.method, request.url, tags);
  } catch {
    // An instance that a panic has left behind; the class knows what to do with it.
    return undefined;
  }
}

export default {
  fetch(request, env, context) {
    return remembered(request) ?? new Portal(context, env).fetch(request);
  },

  scheduled(controller, env, context) {
    return new Portal(context, env).scheduled(controller);
  },
};
