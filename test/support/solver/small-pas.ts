/**
 * A hospital of our own for specs: a ward of general medicine and one for children, five rooms, seven beds, four nights.
 * Ann, Bea and Cleo are women, Dan is a man, Eve (8 years) stays in two parts; Finn has no night, Gus comes too late.
 */
export const smallPas = `OUR OWN SMALL HOSPITAL
Rooms: 5
Roomproperties: 2
Beds: 7
Departments: 2
Specialisms: 2
Patients: 7
Planning horizon: 4

SPECIALISMS:
1 Medicine
2 Surgery

DEPARTMENTS:
1 General 17 0 | 1 1
2 Children 0 16 | 1 1 1 2

ROOMPROPERTIES:
1 oxygen
2 telemetry

ROOMS:
1 A1 | 2 | 1 | D | 1 1 3 2 | 1 0
2 A2 | 1 | 1 | F | 1 1 | 1 1
3 A3 | 1 | 1 | M | 1 1 | 0 0
4 C1 | 2 | 2 | N | 1 1 1 2 | 1 1
5 A4 | 1 | 1 | D | 1 0 | 0 0

BEDS:
1 1
2 1
3 2
4 3
5 4
6 4
7 5

PATIENTS:
1 Ann 40 F | 0 2 | 1 1 2 | 1 | 0 0 | 0 0
2 Bea 50 F | 1 4 | 1 1 3 | 0 | 1 0 | 1 1
3 Cleo 60 F | 0 4 | 1 2 4 | 0 | 0 0 | 0 0
4 Dan 70 M | 1 3 | 1 1 2 | 2 | 0 0 | 0 0
5 Eve 8 F | 1 6 | 2 1 2 2 3 | 0 | 0 1 | 0 0
6 Finn 30 M | 2 2 | 1 1 1 | 0 | 0 0 | 0 0
7 Gus 30 M | 4 6 | 1 1 2 | 0 | 0 0 | 0 0

END.
`;
