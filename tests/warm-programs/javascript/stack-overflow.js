let depth = 0; const f = () => { depth++; f(); };
try { f(); } catch (error) { console.log(error.constructor.name, error.message, error.stack.split('\n')[1]); }
(function g() { g(); })();
