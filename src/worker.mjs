// The module that the runtime loads. A page that the isolate remembers is answered at once. Everything else goes through
// the class that worker-build makes: after a panic it begins with a fresh instance of the Wasm module.
import Portal from "../build/index.js";

const { fromMemory } = Portal.prototype;

export default {
  fetch(request, env, context) {
    const tags = request.headers.get("if-none-match") ?? undefined;
    return fromMemory(request.method, request.url, tags) ?? new Portal(context, env).fetch(request);
  },

  scheduled(controller, env, context) {
    return new Portal(context, env).scheduled(controller);
  },
};
