// A promise that nobody waits for.
Promise.reject(new Error("nobody caught this"));
