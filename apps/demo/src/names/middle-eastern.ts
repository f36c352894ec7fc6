import { type Origin, pool } from './origin.js';

export const ARABIC: Origin = {
  origin: 'Arabic',
  share: 3,
  custom: 'inherited',
  family: pool('Al-Hassan, Al-Masri, El-Sayed, Haddad, Khoury, Mansour, Abdulrahman, Ibn Yusuf, Al Jaziri, Saleh, Darwish, Hamdan'),
  female: pool('Layla, Noor, Maryam, Huda, Rania, Yasmin, Salma, Hanan, Amal, Rim, Sumayya, Nour al-Huda'),
  male: pool('Ahmad, Omar, Khaled, Youssef, Mahmoud, Hassan, Ali, Abd al-Rahman, Karim, Ziad, Mohamad, Bashar'),
  ownScript: { Layla: 'ليلى', Noor: 'نور', Ahmad: 'أحمد', Omar: 'عمر', Khaled: 'خالد', Youssef: 'يوسف' },
};

export const KURDISH: Origin = {
  origin: 'Kurdish',
  share: 1.5,
  custom: 'patronymic',
  family: pool('Barzani, Karim, Rashid, Aziz, Hama, Salih'),
  female: pool('Shilan, Berivan, Rojin, Dilan, Avin, Zilan, Hêvîn'),
  male: pool('Azad, Rebin, Karwan, Soran, Dilşad, Şivan, Hêmin'),
};

export const TURKISH: Origin = {
  origin: 'Turkish',
  share: 1.5,
  custom: 'inherited',
  family: pool('Yılmaz, Kaya, Demir, Şahin, Çelik, Yıldız, Öztürk, Aydın, Doğan, Kılıç'),
  female: pool('Ayşe, Elif, Zeynep, Fatma, Merve, Büşra, Gül, Esra, İrem'),
  male: pool('Mehmet, Mustafa, Emre, Yusuf, Çağlar, Kerem, Ömer, Hüseyin, Barış'),
};

export const AFGHAN: Origin = {
  origin: 'Afghan',
  share: 1.5,
  custom: 'one-name',
  family: pool('Ahmadzai'),
  female: pool('Zarghuna, Parwana, Shukria, Fereshta, Nargis, Palwasha, Spogmai, Malalai, Zohra, Laila'),
  male: pool('Najibullah, Hamid, Esmatullah, Farid, Gulab, Zalmai, Rahimullah, Mirwais, Sher, Habib'),
};
