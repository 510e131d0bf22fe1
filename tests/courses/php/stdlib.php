<?php
spl_autoload_register(function ($c) { eval("class $c { const NAME = '$c'; }"); }); echo Foo::NAME, class_exists("Bar") ? " auto" : "", "\n";
$r = new ReflectionFunction(fn(int $a, string ...$b): ?array => null); echo $r->getNumberOfParameters(), " ", $r->getReturnType(), "\n";
$w = WeakReference::create($o = new stdClass); var_dump($w->get() === $o); unset($o); var_dump($w->get());
#[Attribute] class Route { public function __construct(public string $path) {} } #[Route("/x")] class C {} echo (new ReflectionClass("C"))->getAttributes()[0]->newInstance()->path, "\n";
echo <<<TXT
  Heredoc {$r->getNumberOfParameters()} and ${_SERVER['argc']}
    kept
  TXT . "\n", <<<'RAW'
$raw
RAW . "\n";
$list = new ArrayObject(["b" => 2, "a" => 1]); $list->ksort(); foreach ($list as $k => $v) echo "$k$v"; echo " ", count($list), "\n";
$fixed = SplFixedArray::fromArray([1, 2]); $stack = new SplStack; $stack->push(1); $stack->push(2); echo $fixed->getSize(), $stack->top(), " "; $pq = new SplPriorityQueue; $pq->insert("lo", 1); $pq->insert("hi", 10); echo $pq->extract(), "\n";
function gen() { try { yield 1; yield 2; } finally { echo "closed\n"; } } foreach (gen() as $v) { echo $v; break; } gc_collect_cycles();
$v = "name"; $$v = "var var"; echo $name, " ", constant("PHP_INT_SIZE"), " ", defined("X") ? 1 : 0, define("X", 5) ? X : 0, " ", call_user_func_array("max", [1, 5, 3]), " ", is_callable("nope") ? 1 : 0, "\n";
static fn() => 1; goto end; echo "skipped"; end: echo "goto ", __LINE__, " ", basename(__FILE__), " ", __FUNCTION__, "\n";
foreach (["a" => 1, "b" => 2] as $k => &$val) $val *= 10; unset($val); list("a" => $aa) = ["a" => 5]; echo $aa, " ", $k, "\n"; switch ("1") { case 1: echo "loose\n"; break; default: echo "strict\n"; }
ini_set("precision", 5); echo 1 / 3, " ", ini_get("precision"), " ", str_contains("haystack", "st") ? "has" : "", " ", array_is_list([1, 2]) ? "list" : "", " ", get_debug_type(1.5), "\n"; $i = 5; while ($i-- > 0) { if ($i === 3) continue; if ($i === 1) break; echo $i; } do { echo "once\n"; } while (false);
