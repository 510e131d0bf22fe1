// exrun: {"limits": {"output_bytes": 5000}}
for (;;) console.log('a line '.repeat(10));
