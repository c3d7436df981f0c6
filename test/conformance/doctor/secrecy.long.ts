import { testSecrecy } from '../../fixtures/conformance/doctor-secrecy.ts'

testSecrecy('round', 'page', 'json')
