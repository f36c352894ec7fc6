import { type Origin, pool } from './origin.js';

export const PAKISTANI: Origin = {
  origin: 'Pakistani',
  share: 9,
  custom: 'womens-second-name',
  family: pool(
    'Khan, Hussain, Ahmed, Mahmood, Iqbal, Akhtar, Malik, Mirza, Shah, Butt, Qureshi, Chaudhry, Rashid, Aslam, Sharif, Riaz, Hanif, Zaman',
  ),
  womensNames: pool('Bibi, Begum, Kauser, Akhtar, Parveen, Sultana, Jan'),
  female: pool('Aisha, Fatima, Zainab, Maryam, Saima, Nadia, Shazia, Rukhsana, Nasreen, Iqra, Hafsa, Aleena, Samina, Farzana, Sobia, Zara'),
  male: pool('Mohammed, Muhammad, Imran, Asif, Tariq, Nadeem, Usman, Bilal, Hamza, Ibrahim, Zubair, Kamran, Shahid, Waqas, Haroon, Yusuf'),
  ownScript: { Aisha: 'عائشہ', Fatima: 'فاطمہ', Muhammad: 'محمد', Yusuf: 'یوسف' },
};

export const BANGLADESHI: Origin = {
  origin: 'Bangladeshi',
  share: 3,
  custom: 'womens-second-name',
  family: pool('Miah, Uddin, Ali, Rahman, Islam, Hoque, Chowdhury, Ahmed, Khan, Alam, Hossain, Choudhury'),
  womensNames: pool('Begum, Khatun, Akter, Khanom, Bibi, Nessa'),
  female: pool('Shapna, Rahima, Nazma, Sultana, Tahmina, Farhana, Jannatul, Ayesha, Halima, Rumana, Sadia, Mim'),
  male: pool('Abdul, Mohammed, Kamal, Shofiqul, Rashedul, Tanvir, Mahbub, Nurul, Rafiq, Shahin, Jamal, Arif'),
};

export const INDIAN: Origin = {
  origin: 'Indian',
  share: 4,
  custom: 'inherited',
  family: pool('Patel, Shah, Sharma, Desai, Mistry, Nair, Iyer, Reddy, Gupta, Joshi, Parmar, D’Souza, Fernandes, Thomas, Varghese'),
  female: pool('Priya, Anjali, Kavita, Deepa, Meera, Nisha, Pooja, Sunita, Lakshmi, Diya, Asha, Aaradhya'),
  male: pool('Rahul, Amit, Sanjay, Vijay, Rajesh, Arjun, Rohan, Dev, Kiran, Suresh, Aarav, Jayesh'),
};

export const SIKH: Origin = {
  origin: 'Punjabi Sikh',
  share: 2,
  custom: 'womens-second-name',
  family: pool('Singh, Singh Gill, Singh Sandhu, Singh Dhillon, Singh Bains'),
  womensNames: pool('Kaur, Kaur Gill, Kaur Sandhu, Kaur Dhillon'),
  female: pool('Harpreet, Manpreet, Simran, Jasleen, Gurpreet, Navdeep, Sukhwinder, Amrit'),
  male: pool('Harpreet, Gurdeep, Jaspal, Baljit, Amrit, Sukhdev, Manjit, Arjan'),
};

export const TAMIL: Origin = {
  origin: 'Tamil',
  share: 1.5,
  custom: 'patronymic',
  family: pool('Sivakumar, Rajaratnam, Kanagasabai, Selvarajah, Nadarajah, Thevarajah'),
  female: pool('Abirami, Tharshini, Kavitha, Meena, Vaishnavi, Sangeetha, Dharani, Nila'),
  male: pool('Kumaran, Sutharsan, Vijayakumar, Prasanth, Mathan, Ramanan, Senthuran, Aravinth'),
};
