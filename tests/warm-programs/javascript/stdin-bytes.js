// exrun: {"stdin": {"encoding": "base64", "content": "/wABAv4KCuQK"}}
process.stdin.on('data', (data) => console.log(data, data.toString(), data.byteOffset, data.buffer.byteLength > 8)).on('end', () => process.stdin.setEncoding('utf8'));
