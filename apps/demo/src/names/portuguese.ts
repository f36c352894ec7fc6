import { type Origin, pool } from './origin.js';

export const PORTUGUESE: Origin = {
  origin: 'Portuguese',
  share: 2.5,
  custom: 'inherited',
  family: pool('Silva, Santos, Ferreira, Gonçalves, da Conceição, dos Santos, Magalhães, Araújo, Simões, Mourão, Pires, Sá'),
  female: pool('Inês, Conceição, Mónica, Beatriz, Mariana, Ana Rita, Leonor, Sofia, Luísa, Tânia'),
  male: pool('João, António, José, Luís, Tiago, Gonçalo, Simão, Rui, Nuno, Estêvão'),
};
