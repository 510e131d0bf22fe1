import('data:text/javascript,export default [import.meta.url.length, new Error().stack.split("\\n").length]').then((m) => console.log(m.default));
import('node:module').then((m) => console.log(Object.keys(m).length, m.createRequire('/box/x')('./main') === module.exports));
