const c = new AbortController(); c.signal.addEventListener('abort', (event) => console.log(event.type, c.signal.reason.name, c.signal.aborted));
require('timers/promises').setTimeout(1000, null, { signal: c.signal }).catch((error) => console.log(error.name, error.code)); setTimeout(() => c.abort(), 5);
AbortSignal.timeout(10).addEventListener('abort', (event) => console.log(event.target.reason.name)); setTimeout(() => {}, 40); console.log(AbortSignal.abort('why').reason, new Event('x').timeStamp > 0);
