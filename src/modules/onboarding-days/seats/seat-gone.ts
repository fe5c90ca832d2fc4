/** The seat that a registration had in mind was taken in this moment: the registration begins anew, holding the days. */
export class SeatGone extends Error {
  constructor() {
    super('The seat was taken in this moment.');
  }
}
