import { seededRandom, type Random } from '#ml/random'
import { checkDrift } from '#ml/check-drift'
import { profileDrift } from '#ml/drift-profile'
import { fitModel } from '#ml/fit-model'
import { expectAccepted } from '#ml/refusal'
import type { Column, Table } from '#ml/table'
const gauss=(r:Random)=>Math.sqrt(-2*Math.log(1-r.next()))*Math.cos(6.283185307*r.next())
const L=Array.from({length:300},(_,i)=>'k'+i)
function rows(n:number,r:Random,k=8,cat=true):Table{
  const columns:Column[]=Array.from({length:k},(_,j)=>({name:'g'+j,kind:'numeric' as const,values:Float64Array.from({length:n},()=>gauss(r))}))
  if(cat)columns.push({name:'cat',kind:'category',codes:Int32Array.from({length:n},()=>Math.floor(300*r.next()**3)),levels:L})
  return {rows:n,columns}
}
function y(t:Table,r:Random){const g=t.columns[0] as {values:Float64Array};return {task:'binary' as const,classes:['a','b'],codes:Int32Array.from({length:t.rows},(_,i)=>g.values[i]!+gauss(r)*1.5>0?1:0)}}
for(const [n,m,cat] of [[400,5000,true],[400,5000,false],[2000,5000,true]] as const) { let fa=0,pr=0,col=0;const D=120
 for(let d=0;d<D;d++){const r=seededRandom(12,n,m,d);const ref=rows(n,r,8,cat);const model=expectAccepted(await fitModel({trainer:'glassbox-main',table:ref,target:y(ref,r),seed:1}))
  const profile=expectAccepted(profileDrift({model,table:ref,seed:1}))
  const c=expectAccepted(checkDrift({model,profile,table:rows(m,r,8,cat),settings:{columns:ref.columns.map(x=>x.name),prediction:true,rate:.05,seed:1}}))
  if(c.verdict==='drift')fa++; if(c.columns.some(x=>x.verdict==='drift'))col++; if((c.prediction?.probability??1)<=.05)pr++}
 console.log('n',n,'m',m,cat,'alarm',fa/D,'by columns',col/D,'prediction p<=.05',pr/D)}
