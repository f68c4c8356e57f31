/**
 * Three days of our own for specs. Ann (a check), Bob (a hip, 80 minutes, may come a day later), Cid (a cast, 50 minutes,
 * urgent on day 1), Dee (10 years, in house in R3). Surgery has one slot of an hour on day 0, and on no other.
 */
export const smallPasu = `<?xml version="1.0"?>
<!-- written for these specs -->
<OrPasu_instance name="small">
  <descriptor><Departments>2</Departments><Horizon start_day="2026-03-01" num_days="3"/></descriptor>
  <specialisms><specialism>Medicine</specialism><specialism>Surgery</specialism></specialisms>
  <features><feature>oxygen</feature><feature>tv</feature></features>
  <departments>
    <department name="Adults">
      <main_specialisms><main_specialism>Medicine</main_specialism></main_specialisms>
      <aux_specialisms><aux_specialism>Surgery</aux_specialism></aux_specialisms>
    </department>
    <department name="Children" max_age="16">
      <main_specialisms><main_specialism>Medicine</main_specialism></main_specialisms>
      <aux_specialisms/>
    </department>
  </departments>
  <rooms>
    <room name="R1" capacity="2" department="Adults" gender_policy="SameGender"><features><feature>oxygen</feature></features></room>
    <room name="R2" capacity="1" department="Adults" gender_policy="MaleOnly"><features><feature>oxygen</feature></features></room>
    <room name="R3" capacity="2" department="Children" gender_policy="Any"><features><feature>oxygen</feature><feature>tv</feature></features></room>
  </rooms>
  <treatments>
    <treatment name="Check" specialism="Medicine" surgery="0"/>
    <treatment name="Hip" specialism="Surgery" length="80" surgery="1"/>
    <treatment name="Cast" specialism="Surgery" length="50" surgery="1"/>
  </treatments>
  <or_slots slot_length="60">
    <day name="2026-03-01"><specialism_assignment name="Surgery" number_or_slots="1"/></day>
  </or_slots>
  <patients>
    <patient name="Ann" age="40" gender="Female" treatment="Check" registration="2026-03-01" admission="2026-03-01" discharge="2026-03-03" variability="0" preferred_capacity="1">
      <room_properties><room_property name="tv" type="preferred"/></room_properties>
    </patient>
    <patient name="Bob" age="50" gender="Male" treatment="Hip" registration="2026-03-01" admission="2026-03-01" surgery_day="2026-03-01" discharge="2026-03-02" variability="0" max_admission="2026-03-02">
      <room_properties><room_property name="oxygen" type="needed"/></room_properties>
    </patient>
    <patient name="Cid" age="60" gender="Male" treatment="Cast" registration="2026-03-02" admission="2026-03-02" surgery_day="2026-03-02" discharge="2026-03-04" variability="0" max_admission="2026-03-02">
      <room_properties/>
    </patient>
    <patient name="Dee" age="10" gender="Female" treatment="Check" registration="2026-03-01" admission="2026-03-01" room="R3" discharge="2026-03-03" variability="0">
      <room_properties/>
    </patient>
  </patients>
</OrPasu_instance>
`;
