// exrun: {"files": [{"path": "bad.mjs", "content": "\nexport const = 1;\n"}, {"path": "throws.mjs", "content": "\n\nthrow new RangeError('in a module');\n"}]}
import('./throws.mjs').catch((error) => console.log(error.stack)).then(() => import('./bad.mjs'));
