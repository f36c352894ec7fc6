import { type Origin, pool } from './origin.js';

export const POLISH: Origin = {
  origin: 'Polish',
  share: 6,
  custom: 'gendered',
  family: pool(
    'Kowalski, Wiśniewski, Wójcik, Kamiński, Lewandowski, Zieliński, Szymański, Woźniak, Dąbrowski, Kozłowski, Jankowski, Mazur, Krawczyk, Piotrowski, Grabowski, Nowakowski, Pawłowski, Michalski, Wróbel, Król, Błaszczyk, Żak',
  ),
  female: pool(
    'Agnieszka, Katarzyna, Małgorzata, Joanna, Zofia, Zuzanna, Julia, Maja, Hanna, Oliwia, Wiktoria, Aleksandra, Magdalena, Ewa, Łucja, Kinga',
  ),
  male: pool(
    'Jakub, Kacper, Szymon, Mateusz, Łukasz, Paweł, Piotr, Tomasz, Krzysztof, Michał, Wojciech, Bartłomiej, Antoni, Filip, Stanisław, Grzegorz',
  ),
};

export const ROMANIAN: Origin = {
  origin: 'Romanian',
  share: 4,
  custom: 'inherited',
  family: pool(
    'Popescu, Ionescu, Popa, Radu, Dumitru, Stoica, Gheorghe, Rusu, Munteanu, Matei, Ioniță, Țurcanu, Ștefănescu, Lăcătuș, Rostaș, Ciobanu, Văduva, Călin',
  ),
  female: pool(
    'Andreea, Elena, Ioana, Mihaela, Alexandra, Maria, Ștefania, Cristina, Gabriela, Daniela, Narcisa, Florența, Bianca, Raluca',
  ),
  male: pool('Andrei, Ștefan, Alexandru, Mihai, Ionuț, Florin, Marian, Gabriel, Vasile, Cosmin, Răzvan, Cătălin, Nicolae, Luca'),
};

export const SLOVAK: Origin = {
  origin: 'Slovak',
  share: 2,
  custom: 'inherited',
  family: pool('Horváth, Kováč, Varga, Tóth, Nagy, Baláž, Gábor, Žiga, Oláh, Lakatoš, Rác, Čonka'),
  female: pool('Zuzana, Žaneta, Lenka, Vanesa, Kristína, Viktória, Jana, Andrea, Monika, Sabína'),
  male: pool('Marek, Ľuboš, Jozef, Ján, Tomáš, Lukáš, Patrik, Dávid, Kevin, Rastislav'),
};

export const UKRAINIAN: Origin = {
  origin: 'Ukrainian',
  share: 2,
  custom: 'inherited',
  family: pool('Shevchenko, Kovalenko, Bondarenko, Tkachenko, Kravchenko, Oliinyk, Melnyk, Lysenko, Hrytsenko, Marchuk'),
  female: pool('Olena, Oksana, Natalia, Yuliia, Kateryna, Sofiia, Anastasiia, Iryna, Daryna, Polina'),
  male: pool('Oleksandr, Dmytro, Maksym, Artem, Danylo, Ivan, Mykola, Bohdan, Tymofii, Yaroslav'),
  ownScript: {
    Olena: 'Олена',
    Oksana: 'Оксана',
    Yuliia: 'Юлія',
    Oleksandr: 'Олександр',
    Dmytro: 'Дмитро',
    Maksym: 'Максим',
    Danylo: 'Данило',
  },
};
