// exrun: {"files": [{"path": "a.mjs", "content": "import { b } from './b.mjs';\nexport const a = [b, import.meta.url, typeof require, this];\nexport default class {}\nconsole.log('a', new Error().stack.split('\\n')[1]);\n"}, {"path": "b.mjs", "content": "export const b = await Promise.resolve('b');\nconsole.log('b');\n"}]}
import('./a.mjs').then((a) => { console.log(a, a.a); return import('fs'); }).then((fs) => console.log(Object.keys(fs).length, fs.default === require('fs')));
import('./none.mjs').catch((error) => console.log(error.code, error.message));
console.log('first');
