<?php
class Insufficient extends RuntimeException { public function __construct(public readonly int $need) { parent::__construct("need $need", 7); } }
function pay($n) { try { if ($n > 10) throw new Insufficient($n); return intdiv(10, $n); } catch (DivisionByZeroError $e) { throw new LogicException("nothing", 0, $e); } finally { echo "paid $n\n"; } }
foreach ([5, 0, 20] as $n) try { echo pay($n), "\n"; } catch (Insufficient | LogicException $e) { echo get_class($e), " ", $e->getMessage(), " ", $e->getCode(), " ", $e->getPrevious() ? get_class($e->getPrevious()) : "-", " ", $e->getLine(), "\n", preg_replace('~/\S*/~', "", $e->getTraceAsString()), "\n"; }
set_error_handler(function ($no, $text) { throw new ErrorException($text, 0, $no); });
try { echo $undefined; } catch (ErrorException $e) { echo "handled: ", $e->getMessage(), "\n"; }
restore_error_handler();
try { null_fn(); } catch (Error $e) { echo $e->getMessage(), "\n"; }
try { json_decode("{", flags: JSON_THROW_ON_ERROR); } catch (JsonException $e) { echo $e->getMessage(), "\n"; }
echo @file_get_contents("/none") === false ? "no file\n" : "", (error_get_last()["message"] ?? "")  !== "" ? "noted\n" : "";
register_shutdown_function(function () { echo "bye\n"; });
set_exception_handler(function ($e) { echo "last: ", $e->getMessage(), "\n"; });
function deep($n) { if ($n === 0) throw new Exception("deep"); deep($n - 1); } try { deep(5); } catch (Exception $e) { echo count($e->getTrace()), "\n"; }
throw new Exception("uncaught");
