import { type Origin, pool } from './origin.js';

export const CHINESE: Origin = {
  origin: 'Chinese',
  share: 2,
  custom: 'inherited',
  family: pool('Wang, Li, Zhang, Chen, Liu, Lin, Chan, Wong, Cheung, Ng, Lü, Ou Yang'),
  female: pool('Xiu Ying, Mei Ling, Yan, Hui Min, Ka Yan, Jing, Xue, Wing Sze, Li Hua, Ying'),
  male: pool('Wei, Jun, Hao, Ming, Ka Ho, Chi Wai, Zi Xuan, Tao, Jian, Lei'),
  ownScript: { 'Mei Ling': '美玲', 'Ka Yan': '嘉欣', Wei: '伟', Jun: '军', Hao: '浩', 'Ka Ho': '嘉豪' },
};

export const VIETNAMESE: Origin = {
  origin: 'Vietnamese',
  share: 1,
  custom: 'inherited',
  family: pool('Nguyễn, Trần, Lê, Phạm, Hoàng, Vũ, Đặng, Bùi'),
  female: pool('Thị Hương, Thị Lan, Ngọc Anh, Thu Hà, Bích Ngọc, Thảo'),
  male: pool('Văn Minh, Quốc Bảo, Đức Anh, Tuấn, Hữu Phước, Long'),
};

export const FILIPINO: Origin = {
  origin: 'Filipino',
  share: 1,
  custom: 'inherited',
  family: pool('dela Cruz, Reyes, Bautista, Ocampo, Garcia, Peñaflorida, Macaraeg'),
  female: pool('Maria Cristina, Jasmine, Angelica, Princess, Rosalinda, Mary Joy'),
  male: pool('Jose Mari, John Paul, Angelo, Rodrigo, Niño, Mark Anthony'),
};
