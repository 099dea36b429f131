import { unhex } from '../support/hex.js'

/** Every u of RFC 7748 whose point has a small order, and those that are not reduced modulo p or have the top bit set. */
export const smallOrderPoints: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map(
  [
    ['0', '0000000000000000000000000000000000000000000000000000000000000000'],
    ['1', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['of order 8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
    ['of order 8, the other', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
    ['p - 1', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['p', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['p + 1', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ].flatMap(([name = '', hex = '']) => {
    const point = unhex(hex)
    const withTopBit = point.map((byte, i) => (i === 31 ? byte | 0x80 : byte))
    return [[name, point] as const, [`${name}, with the bit that is ignored`, withTopBit] as const]
  }),
)
