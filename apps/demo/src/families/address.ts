import { pool } from '../names/origin.js';
import type { Random } from '../random.js';

/** A place in Northbridge. NB is no postcode area of the Royal Mail. */
export interface Address {
  lines: string[];
  postcode: string;
  uprn: string;
}

const STREETS = pool(
  'Mill Row, Station Road, Church Street, Canal Side, Bridge Street, Weaver’s Walk, Ropery Lane, Albert Terrace, Victoria Avenue, Park View, Moor Lane, Quarry Hill, Beck Lane, Chapel Fold, Fuller Street, Dyehouse Lane, Tenter Croft, Spinner’s Yard, Prospect Street, Zion Street, Queen’s Road, Hope Street, Nelson Street, Garden Street, Cemetery Road, Well Lane, Kiln Brow, Coal Staithe, Priory Close, Abbot’s Way, Larch Grove, Sycamore Drive, Hawthorn Rise, Rowan Court, Kestrel Close, Lapwing Way, Curlew Drive, Hospital Lane, Gasworks Street, Foundry Street, Cross Street, Back Lane, St Oswald’s Road, St Hilda’s Crescent, Ferry Road, Harbour Street, Lock Keeper’s Row, Reservoir Road, Windmill Hill, Temperance Terrace',
);
const ESTATES = pool('Eastfield, Low Moor, Harbour Estate, Priory, Fellside, Town End, Millgate, Whinney Hill, Newlands');
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
/** Numbers of houses in a street, flats apart. */
const LONGEST_STREET = 148;

/** Some house or flat; the same house always has the same postcode and property reference. */
export function somewhere(chance: Random): Address {
  const street = chance.int(0, STREETS.length - 1);
  const number = chance.int(1, LONGEST_STREET);
  const flat = chance.chance(0.15) ? chance.int(1, 12) : 0;
  const area = street % ESTATES.length;
  const house = `${number} ${STREETS[street]}`;
  return {
    lines: [...(flat ? [`Flat ${flat}`] : []), house, ESTATES[area]!, 'Northbridge'],
    postcode: `NB${area + 1} ${((street * 3 + (number > 70 ? 1 : 0)) % 9) + 1}${LETTERS[street % 20]}${LETTERS[Math.floor(number / 12) % 20]}`,
    uprn: `99${String(street).padStart(3, '0')}${String(number).padStart(4, '0')}${String(flat).padStart(3, '0')}`,
  };
}
