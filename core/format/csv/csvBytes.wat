;; Looks at the bytes of a CSV, 64 at a time: bit i of a mask stands for byte i of the 64.
;; The first page of the memory holds the bytes, the four behind it the places that "marks" finds among them.
(module
  (memory (export "memory") 5)

  ;; The bits of the 16 bytes at $at + 16 * part that equal every byte of $wanted.
  (func $mask (param $at i32) (param $wanted v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load (local.get $at)) (local.get $wanted))))
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=16 (local.get $at)) (local.get $wanted))))
          (i64.const 16)))
      (i64.or
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=32 (local.get $at)) (local.get $wanted))))
          (i64.const 32))
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=48 (local.get $at)) (local.get $wanted))))
          (i64.const 48)))))

  ;; The bits of the 16 bytes at $at that are commas, line feeds or quotes.
  (func $marks16 (param $at i32) (result i64)
    (local $bytes v128)
    (local.set $bytes (v128.load (local.get $at)))
    (i64.extend_i32_u
      (i8x16.bitmask
        (v128.or
          (v128.or
            (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x2c)))
            (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x0a))))
          (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22)))))))

  ;; Writes down where the bytes from 0 to $end, a multiple of 64, are commas, line feeds or quotes: numbers of 32 bits in order,
  ;; from the second page on. Returns how many.
  (func (export "marks") (param $end i32) (result i32)
    (local $at i32) (local $to i32) (local $bits i64)
    (local.set $to (i32.const 0x10000))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $bits
          (i64.or
            (i64.or
              (call $marks16 (local.get $at))
              (i64.shl (call $marks16 (i32.add (local.get $at) (i32.const 16))) (i64.const 16)))
            (i64.or
              (i64.shl (call $marks16 (i32.add (local.get $at) (i32.const 32))) (i64.const 32))
              (i64.shl (call $marks16 (i32.add (local.get $at) (i32.const 48))) (i64.const 48)))))
        (block $none
          (loop $bit
            (br_if $none (i64.eqz (local.get $bits)))
            (i32.store (local.get $to) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
            (local.set $to (i32.add (local.get $to) (i32.const 4)))
            (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
            (br $bit)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $to) (i32.const 0x10000)) (i32.const 2)))

  ;; Counts the line feeds that stand outside quotes. XOR-ing a mask of the quotes with itself shifted by 1, 2, 4, … 32 sets every bit that has
  ;; an odd number of quotes at or before it: those bytes are inside quotes.
  ;; Looks at the bytes from 0 to $end, a multiple of 64; $inside is 1 when they begin inside quotes.
  ;; Returns twice the count, plus 1 when they end inside quotes.
  (func (export "count") (param $end i32) (param $inside i32) (result i32)
    (local $at i32) (local $found i64) (local $quoted i64) (local $before i64)
    (local.set $before (i64.sub (i64.const 0) (i64.extend_i32_u (local.get $inside))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $quoted (call $mask (local.get $at) (i8x16.splat (i32.const 0x22))))
        (local.set $quoted (i64.xor (local.get $quoted) (i64.shl (local.get $quoted) (i64.const 1))))
        (local.set $quoted (i64.xor (local.get $quoted) (i64.shl (local.get $quoted) (i64.const 2))))
        (local.set $quoted (i64.xor (local.get $quoted) (i64.shl (local.get $quoted) (i64.const 4))))
        (local.set $quoted (i64.xor (local.get $quoted) (i64.shl (local.get $quoted) (i64.const 8))))
        (local.set $quoted (i64.xor (local.get $quoted) (i64.shl (local.get $quoted) (i64.const 16))))
        (local.set $quoted (i64.xor (local.get $quoted) (i64.shl (local.get $quoted) (i64.const 32))))
        (local.set $quoted (i64.xor (local.get $quoted) (local.get $before)))
        (local.set $found
          (i64.add
            (local.get $found)
            (i64.popcnt
              (i64.and
                (call $mask (local.get $at) (i8x16.splat (i32.const 0x0a)))
                (i64.xor (local.get $quoted) (i64.const -1))))))
        (local.set $before (i64.shr_s (local.get $quoted) (i64.const 63)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $next)))
    (i32.or
      (i32.shl (i32.wrap_i64 (local.get $found)) (i32.const 1))
      (i32.and (i32.wrap_i64 (local.get $before)) (i32.const 1)))))
