require('fs').writeFileSync(__filename, 'exports.x = "new program";\n// more'); console.log('old', require('./main'));
delete require.cache[__filename]; console.log(require('./main'));
null.x;
