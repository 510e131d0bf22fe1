console.log(Object.getOwnPropertyNames(globalThis).sort(), Object.keys(globalThis), typeof navigator, typeof fetch, typeof WebSocket, Object.getOwnPropertySymbols(globalThis));
