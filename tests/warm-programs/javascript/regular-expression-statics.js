console.log(RegExp.$1, RegExp.lastMatch, RegExp['$&'], RegExp.lastParen, RegExp.input); /(b)/.exec('abc'); console.log(RegExp.$1, RegExp.leftContext);
