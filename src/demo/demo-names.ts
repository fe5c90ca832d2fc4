/** Common Danish names; put together by a fixed rule, so that every demonstration has the same people. */
const FIRST = (
  'Anne Peter Mette Lars Kirsten Michael Hanne Henrik Fatima Søren Åse Ahmed Camilla Jens Sofie Mads Ida Rasmus ' +
  'Emma Oliver Freja Noah Østen Liv Magnus Alma Viggo Karla Aksel Signe'
).split(' ');
const LAST = (
  'Jensen Nielsen Hansen Aagaard Andersen Christensen Larsen Ørsted Sørensen Rasmussen Petersen Madsen Yıldız ' +
  'Kristensen Olsen Thomsen Åkjær Poulsen Johansen Knudsen Mortensen Møller Lund Holm Schmidt Ibrahim Dahl Bech ' +
  'Æbelø Zachariassen'
).split(' ');

/** The n-th name. */
export function demoName(n: number): { firstName: string; lastName: string } {
  return { firstName: FIRST[(n * 7) % FIRST.length]!, lastName: LAST[(n * 11 + 3) % LAST.length]! };
}

/** The n-th of 900 different names. */
export function nameAt(n: number): { firstName: string; lastName: string } {
  return {
    firstName: FIRST[n % FIRST.length]!,
    lastName: LAST[(n * 7 + Math.floor(n / FIRST.length)) % LAST.length]!,
  };
}
