<?php
declare(strict_types=1);
namespace Shop;
interface Priced { const TAX = 0.2; public function price(): float; }
trait Named { private string $name = "?"; public function named(string $n): static { $this->name = $n; return $this; } public function __toString(): string { return $this->name; } }
enum Suit: string { case Hearts = "H"; case Spades = "S"; public static function random(): self { return self::Hearts; } public function label(): string { return ucfirst(strtolower($this->name)); } }
abstract class Item implements Priced, \JsonSerializable, \Countable, \ArrayAccess, \IteratorAggregate {
    use Named;
    private array $data = [];
    public function __construct(protected readonly float $net = 1.0) {}
    public function price(): float { return $this->net * (1 + self::TAX); }
    public function jsonSerialize(): array { return ["name" => (string)$this, "price" => $this->price()]; }
    public function count(): int { return count($this->data); }
    public function offsetExists(mixed $k): bool { return isset($this->data[$k]); }
    public function offsetGet(mixed $k): mixed { return $this->data[$k] ?? null; }
    public function offsetSet(mixed $k, mixed $v): void { $this->data[$k] = $v; }
    public function offsetUnset(mixed $k): void { unset($this->data[$k]); }
    public function getIterator(): \Iterator { return new \ArrayIterator($this->data); }
    public function __call(string $m, array $a): string { return "$m(" . implode(",", $a) . ")"; }
    public static function __callStatic(string $m, array $a): string { return "static $m"; }
}
final class Book extends Item {}
$b = (new Book(10.0))->named("PHP"); $b["a"] = 1; $b["b"] = 2;
echo json_encode($b), count($b), isset($b["a"]) ? "y" : "n", $b->undefined(1, 2), Book::make(), "\n";
foreach ($b as $k => $v) echo "$k=$v ";
try { (function () { $this->net = 5.0; })->call($b); } catch (\Error $e) { echo get_class($e), ": ", $e->getMessage(), "\n"; }
try { (fn(int $x) => $x)("5"); } catch (\TypeError $e) { echo "type error\n"; }
echo Suit::from("H")->label(), Suit::tryFrom("X")?->name ?? "none", count(Suit::cases()), $b instanceof Priced ? "priced" : "", "\n";
$c = clone $b; $anon = new class { public ?int $x = null; }; echo $anon?->x ?? "null", (new \ReflectionClass($b))->getShortName(), "\n";
echo match (true) { $b->price() > 11 => "dear", default => "cheap" }, "\n"; var_dump($c == $b, $c === $b);
