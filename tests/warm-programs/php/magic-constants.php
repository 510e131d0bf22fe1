<?php
namespace Shop;
function f() { return [__FILE__, __LINE__, __DIR__, __FUNCTION__, __NAMESPACE__]; }
class Cart { function m() { return [__CLASS__, __METHOD__, static::class]; } }
print_r(f()); print_r((new Cart)->m()); echo namespace\f()[1], __COMPILER_HALT_OFFSET__ ?? '';
__halt_compiler();
