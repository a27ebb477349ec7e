;; Counts the line feeds of a CSV that stand outside quotes, 64 bytes at a time.
;; Bit i of a mask stands for byte i of the 64. XOR-ing a mask with itself shifted by 1, 2, 4, … 32 sets every bit that has an odd
;; number of quotes at or before it: those bytes are inside quotes.
(module
  (memory (export "memory") 2)

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
