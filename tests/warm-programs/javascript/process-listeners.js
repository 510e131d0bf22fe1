for (const name of ['exit', 'warning', 'newListener', 'removeListener', 'SIGWINCH', 'uncaughtException', 'message']) console.log(name, process.listeners(name).map(String));
console.log(process._getActiveHandles().length, process._getActiveRequests().length, process.getActiveResourcesInfo(), process._exiting);
