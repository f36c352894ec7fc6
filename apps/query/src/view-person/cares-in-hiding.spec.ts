import { RELATIONSHIPS } from '#lib/events';
import { CARED_FOR, CARERS } from '#lib/read-model';

test('a link counts from either side: whoever is cared for is what the event catalogue calls the inverse', () => {
  expect(CARERS.map((carer) => RELATIONSHIPS[carer].inverse)).toEqual(CARED_FOR);
});
