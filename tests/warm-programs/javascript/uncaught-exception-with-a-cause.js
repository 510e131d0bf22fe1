class OwnError extends Error { constructor(message, options) { super(message, options); this.name = 'OwnError'; this.code = 'E_OWN'; this.more = { a: [1] }; } }
try { null.x; } catch (cause) { throw new OwnError('outer', { cause }); }
