// exrun: {"files": [{"path": "bad.js", "content": "let a = 1;\nlet a = 2;\n"}, {"path": "bad.json", "content": "{\"a\": }"}]}
try { require('./bad.json'); } catch (error) { console.log(error.message); } try { require('./bad'); } catch (error) { console.log(error.message, error.stack.split('\n').slice(0, 4)); } require('./bad');
