console.log(Object.keys(require.cache), require.main === module, require.main.filename, module.id, module.loaded, module.parent, module.children, module.path, Object.keys(module), require.extensions, Object.keys(require));
setImmediate(() => console.log(module.loaded));
