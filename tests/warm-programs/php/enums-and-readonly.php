<?php
enum Suit: string { case H = 'h'; case S = 's'; const X = self::H; public static function all() { return array_column(self::cases(), 'value'); } }
final class Point { public function __construct(public readonly int $x) {} }
var_dump(Suit::from('h'), Suit::all(), Suit::X, new Point(1)); $p = new Point(2); $p->x = 3;
