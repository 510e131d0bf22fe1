const { Readable, Transform, pipeline, PassThrough } = require('stream'), zlib = require('zlib');
pipeline(Readable.from(['a', 'b', 'c']), new Transform({ transform(chunk, _, done) { done(null, String(chunk).toUpperCase()); } }), async function* (source) { for await (const chunk of source) yield chunk + '!'; }, process.stdout, (error) => console.log('\ndone', error));
console.log(zlib.gunzipSync(zlib.gzipSync('zip')).toString(), zlib.crc32?.('x'), require('stream').getDefaultHighWaterMark?.(false), new PassThrough().readableHighWaterMark);
