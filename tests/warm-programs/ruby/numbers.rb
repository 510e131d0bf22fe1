p 2**100, 10.0 / 3, 1e100.to_i, 0.1 + 0.2, -7 / 2, -7 % 3, 7.fdiv(2), 1r / 3, Complex(1, 2) ** 2, Integer.sqrt(10**20), 255.to_s(2), "0b11".to_i(0), Float::EPSILON, 1.0.next_float, 12345.6789.round(-2), 100.digits, 1.0 / 0, 0.0 / 0, Integer::MAX rescue p $!.message
require "bigdecimal"; require "prime"; require "matrix" rescue p $!.message
p BigDecimal("0.1") + BigDecimal("0.2"), Math.sqrt(-1) rescue p $!
