import { seededRandom, type Random } from '#ml/random'
import { checkDrift } from '#ml/check-drift'
import { profileDrift } from '#ml/drift-profile'
import { expectAccepted } from '#ml/refusal'
import type { Model } from '#ml/model'
import type { Column } from '#ml/table'
const gauss=(r:Random)=>Math.sqrt(-2*Math.log(1-r.next()))*Math.cos(6.283185307*r.next())
const big=Array.from({length:3000},(_,i)=>'k'+i)
function cols(n:number,r:Random):Column[]{
  const num=(name:string,f:()=>number):Column=>({name,kind:'numeric',values:Float64Array.from({length:n},f)})
  const cat=(name:string,f:()=>number):Column=>({name,kind:'category',codes:Int32Array.from({length:n},f),levels:big})
  return [num('g0',()=>r.next()<.05?NaN:gauss(r)),num('g1',()=>gauss(r)),num('g2',()=>gauss(r)),num('skew',()=>Math.exp(2*gauss(r))),num('int',()=>r.below(7)),num('flag',()=>r.next()<.02?1:0),cat('c10',()=>r.below(10)),cat('zipf',()=>Math.min(2999,Math.floor(r.next()**4*3000))),cat('uni',()=>r.below(3000)),cat('two',()=>r.below(2))]
}
const model:Model={format:'signalbox-model',version:1,trainer:'dummy',task:'regression',link:'identity',intercepts:[0],terms:[],training:{rows:1,seed:1}}
const D=300
for(const n of [600,5000]) for(const m of [10,50,200,1000,5000]){
  let fa=0,nd=0,pw=0
  for(let d=0;d<D;d++){
    const r=seededRandom(8,n,m,d)
    const ref=cols(n,r), bat=cols(m,r)
    const profile=expectAccepted(profileDrift({model,table:{rows:n,columns:ref},seed:1}))
    const settings={columns:ref.map(c=>c.name),prediction:false,rate:0.05,seed:1}
    const res=expectAccepted(checkDrift({model,profile,table:{rows:m,columns:bat},settings}))
    if(res.verdict==='drift') fa++
    nd+=res.columns.filter(x=>x.verdict==='not_enough_data').length
    const sh=bat.map((c,i)=>i===1&&c.kind==='numeric'?{...c,values:c.values.map(v=>v+.5)}:c)
    if(expectAccepted(checkDrift({model,profile,table:{rows:m,columns:sh},settings})).columns.find(x=>x.feature==='g1')!.verdict==='drift') pw++
  }
  console.log('reference',n,'batch',m,'false alarms',(fa/D).toFixed(3),'columns not judged',(nd/D).toFixed(1),'of 10; power of a 0.5 sd shift',(pw/D).toFixed(2))
}
