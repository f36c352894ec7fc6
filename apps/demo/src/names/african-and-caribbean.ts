import { type Origin, pool } from './origin.js';

export const NIGERIAN: Origin = {
  origin: 'Nigerian',
  share: 3,
  custom: 'inherited',
  family: pool(
    'Okafor, Adeyemi, Okonkwo, Balogun, Eze, Nwosu, Ogunleye, Adébáyò, Chukwu, Bello, Olúwáṣeun, Nnamdi, Akinyemi, Obi, Uzoma-Bright',
  ),
  female: pool('Amara, Chioma, Ngozi, Folasade, Adaeze, Ifeoma, Temitope, Blessing, Patience, Ọmọlará, Zikora, Favour'),
  male: pool('Chukwuemeka, Oluwaseun, Tunde, Ikenna, Obinna, Femi, Babatunde, Emeka, Ayodele, Praise, Uchenna, Kelechi'),
};

export const SOMALI: Origin = {
  origin: 'Somali',
  share: 3,
  custom: 'patronymic',
  family: pool('Warsame, Farah, Jama, Abdi, Hassan, Guled, Hersi, Nur'),
  female: pool('Hodan, Amina, Faduma, Sahra, Ayaan, Ifrah, Hibo, Khadija, Ubah, Nasteexo, Zamzam, Deqa'),
  male: pool('Abdirahman, Mohamed, Abdullahi, Yusuf, Hassan, Ismail, Liban, Mahad, Sharmarke, Cabdi, Maxamed, Guled'),
};

export const ERITREAN: Origin = {
  origin: 'Eritrean',
  share: 1.5,
  custom: 'patronymic',
  family: pool('Tesfay, Haile, Gebre, Kidane, Berhane, Tekle, Weldu'),
  female: pool('Selam, Saba, Luwam, Rahwa, Eden, Feven, Helen, Bethlehem'),
  male: pool('Filmon, Yonas, Samuel, Merhawi, Robel, Natnael, Abel, Tesfalem'),
};

export const CONGOLESE: Origin = {
  origin: 'Congolese',
  share: 1,
  custom: 'inherited',
  family: pool('Mbuyi, Kabongo, Ilunga, Tshibanda, N’Landu, Mukendi, Kasongo'),
  female: pool('Béatrice, Grâce, Espérance, Rachel, Mireille, Naomi, Divine'),
  male: pool('Jean-Pierre, Dieudonné, Christian, Gloire, Trésor, Héritier, Jérémie'),
};

export const CARIBBEAN: Origin = {
  origin: 'Caribbean',
  share: 4,
  custom: 'inherited',
  family: pool(
    'Campbell, Grant, Francis, Bailey, Henry, Joseph, Charles, Gordon, Morgan, Reid, Blake, Baptiste, St Hilaire, Williams, Brown',
  ),
  female: pool('Shanice, Keisha, Monique, Tanisha, Aaliyah, Jada, Renée, Chantelle, Marcia, Beverley, Sharon, Precious'),
  male: pool('Jermaine, Marlon, Tyrone, Andre, Kieron, Jerome, Malachi, Isaiah, Winston, Clive, Dwayne, Rashaan'),
};
